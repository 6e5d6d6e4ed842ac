import type { Finding, ImportReport, NamesReport } from '../../ingest/import/report.ts';

/** Maximum number of findings shown; `--json` lists more. */
const MAX_SHOWN = 20;

/** Returns a number with its noun, in the plural if it isn't one. */
export const countOf = (number: number, noun: string): string =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

function describeFinding({ file, line, column, value, reason, count }: Finding): string {
  if (count !== undefined) {
    const example = value === null ? '' : `: ${JSON.stringify(value)}`;
    return `  ${file ? `${file}: ` : ''}${reason} (first in line ${line}${example})\n`;
  }
  const where = `${file ? `${file}, ` : ''}line ${line}${column ? `, ${column}` : ''}`;
  const shownValue = value === null || reason.includes(JSON.stringify(value)) ? '' : `${JSON.stringify(value)} `;
  return `  ${where}: ${shownValue}${reason}\n`;
}

function describeFindings(title: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const more =
    findings.length > MAX_SHOWN ? `  … and ${findings.length - MAX_SHOWN} more; --json lists 1,000 of a kind\n` : '';
  return `${title}:\n${findings.slice(0, MAX_SHOWN).map(describeFinding).join('')}${more}`;
}

function describeNames(title: string, names: NamesReport | undefined): string {
  if (!names) return '';
  const { read, inserted, updated, unchanged, duplicates, erased, expired, refused } = names;
  const parts = [
    `${inserted} new`,
    `${updated} changed`,
    `${unchanged} unchanged`,
    ...(duplicates > 0 ? [countOf(duplicates, 'duplicate')] : []),
    ...(erased > 0 ? [`${erased} of forgotten candidates left out`] : []),
    ...(expired > 0 ? [`${expired} of candidates whose interviews have expired left out`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return [
    `${title}: ${countOf(read, 'row')} read: ${parts.join(', ')}.\n`,
    describeFindings(`${title}, refused`, names.refusedRows),
    describeFindings(`${title}, warnings`, names.warnings),
  ].join('');
}

/** Returns the outcome of an import, in words. `extracts`: number of files without those of names. */
export function describeImport(
  report: ImportReport,
  refusedFiles: readonly string[],
  options: { readonly 'dry-run': boolean; readonly 'skip-invalid': boolean; readonly extracts: number },
): string {
  const { read, inserted, updated, unchanged, duplicates, removed, moved, refused, interviews } = report;
  const parts = [
    `${inserted} inserted`,
    `${updated} updated`,
    `${unchanged} unchanged`,
    ...(duplicates > 0 ? [countOf(duplicates, 'duplicate')] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ].join(', ');
  const changed = [report, report.jobs, report.candidates].reduce(
    (sum, part) => sum + (part ? part.inserted + part.updated : 0),
    removed + moved,
  );
  const nothingChanged = changed === 0 && refused === 0;
  const rows = [
    `${countOf(read, 'row')} read in ${report.seconds.toFixed(1)} s: ${parts}; ${removed} removed${moved > 0 ? `, ${moved} moved to another time` : ''}.\n`,
    `${countOf(interviews.inserted, 'interview')} new, ${interviews.updated} changed, ${interviews.unchanged} unchanged, ${interviews.removed} removed${interviews.refused > 0 ? `, ${interviews.refused} refused` : ''}.\n`,
  ];
  return [
    ...(options.extracts > 0 ? rows : []),
    describeFindings(report.unreadable ? 'Refused as a whole' : 'Refused', report.refusedRows),
    describeFindings('Warnings', report.warnings),
    describeNames('Jobs', report.jobs),
    describeNames('Candidates', report.candidates),
    report.erased > 0
      ? `${countOf(report.erased, 'row')} named somebody who was erased before, and was forgotten again.\n`
      : '',
    report.expired > 0
      ? `${countOf(report.expired, 'row')} of interviews that have expired: names and reviews were left out.\n`
      : '',
    describeIncomplete(report),
    describeOlder(report),
    report.sampleRemoved ? `The sample extract ${report.saved ? 'was removed' : 'would be removed'}.\n` : '',
    outcome(report, options, nothingChanged),
    refusedFiles.length > 0 ? refusedAdvice(refusedFiles) : '',
  ].join('');
}

/** Says that the rows are older than what was known already, so that `knownAt` stays. */
const describeOlder = ({ asOf, knownAt }: ImportReport): string =>
  asOf !== undefined && knownAt !== undefined && asOf < knownAt
    ? `These rows are as of ${asOf}; the stored rows are known as of ${knownAt} already, which stays.\n`
    : '';

function describeIncomplete({ removalsRefused }: ImportReport): string {
  if (!removalsRefused || removalsRefused.incompleteCount === 0) return '';
  const { incomplete, incompleteCount } = removalsRefused;
  const lines = incomplete.map(
    ({ interviewId, removed, reason }) =>
      `  ${JSON.stringify(interviewId)} loses ${countOf(removed, 'row')}: ${reason}\n`,
  );
  const more = incompleteCount > lines.length ? `  … and ${incompleteCount - lines.length} more\n` : '';
  return `Would lose rows, although their rows say that some are missing:\n${lines.join('')}${more}`;
}

function outcome(
  report: ImportReport,
  options: { readonly 'dry-run': boolean; readonly 'skip-invalid': boolean },
  nothingChanged: boolean,
): string {
  if (report.saved) return nothingChanged ? 'Nothing had changed.\n' : 'Saved.\n';
  const refusal = report.errors?.find(({ code }) => code === 'REMOVALS_REFUSED');
  if (refusal) return `${refusal.message}\n`;
  if (options['dry-run']) return 'Nothing was saved (--dry-run).\n';
  const skippable =
    !options['skip-invalid'] && report.refused > 0 && report.inserted + report.updated + report.unchanged > 0;
  return `Nothing was saved.${skippable ? ' --skip-invalid saves the other interviews and writes the refused rows to a file.' : ''}\n`;
}

/**
 * Advice on refused rows. The rows of an interview may be in several of the files, which must then be imported
 * together.
 */
const refusedAdvice = (files: readonly string[]): string =>
  files.length === 1
    ? `The refused rows are in ${files[0]}: correct them and import that file.\n`
    : `The refused rows are in ${files.join(', ')}: correct them and import these files together, in one command.\n`;
