/** The metrics and alerts against a real Prometheus: Debian's, with the configuration that docs/monitoring.md shows. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf, REPOSITORY, readDocument } from '../kit/documents.ts';
import { extract } from '../kit/generated.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { hasPrometheus, startPrometheus } from '../kit/prometheus.ts';
import { metricsAddress } from '../kit/scrape.ts';
import { type Service, startService } from '../kit/service.ts';

const promtool = (...args: string[]) =>
  promisify(execFile)('promtool', args, { cwd: `${REPOSITORY}examples/prometheus` });

const TOKEN = 'token-of-the-scraper';

interface Rule {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

describe.runIf(hasPrometheus())('Prometheus', { timeout: 120_000 }, () => {
  test('accepts the alerts, and each fires when it should and not otherwise', async () => {
    await promtool('check', 'rules', '--lint-fatal', 'alerts.yml');
    await promtool('test', 'rules', 'alerts.test.yml');
  });

  test('every alert has a case in which it fires and one in which it does not', () => {
    const alerts = Array.from(
      readDocument('examples/prometheus/alerts.yml').matchAll(/- alert: (\w+)/g),
      ([, name]) => name,
    );
    const cases = readDocument('examples/prometheus/alerts.test.yml').split('\n  - name: ').slice(1);
    const casesOf = (name: string | undefined, fires: boolean) =>
      cases.filter(
        (text) =>
          text.includes(`alertname="${name}", alertstate="firing"}\n`) && text.includes('exp_samples: []') !== fires,
      );
    expect(alerts.length).toBeGreaterThan(10);
    expect(alerts.filter((name) => casesOf(name, true).length === 0 || casesOf(name, false).length === 0)).toEqual([]);
  });

  describe('with the configuration of docs/monitoring.md', () => {
    let service: Service;
    let prometheus: Awaited<ReturnType<typeof startPrometheus>>;
    beforeAll(async () => {
      const log = memoryLog();
      service = await startService({ METRICS_PORT: '0', METRICS_TOKEN: TOKEN }, log.log);
      await service.import(extract({ rows: 50, seed: 2 }));
      const shown = blocksOf(readDocument('docs/monitoring.md'), 'yaml')[0] ?? '';
      const config = shown
        .replace(/targets: .*/, `targets: ['${new URL(metricsAddress(log)).host}']`)
        .replace('/etc/prometheus/', '');
      prometheus = await startPrometheus(`global: { scrape_interval: 1s, evaluation_interval: 1s }\n${config}`, {
        'alerts.yml': readDocument('examples/prometheus/alerts.yml'),
        'interviews-token': TOKEN,
      });
    });
    afterAll(async () => {
      await prometheus?.stop();
      await service?.stop();
    });

    const valuesOf = async (query: string) => {
      const { result } = (await prometheus.get(`query?query=${encodeURIComponent(query)}`)) as {
        result: { value: [number, string] }[];
      };
      return result.map(({ value }) => Number(value[1]));
    };

    test('it scrapes the service, and counts what it does', async () => {
      await expect.poll(() => valuesOf('up{job="interviews"}'), { timeout: 30_000 }).toEqual([1]);
      await (await service.get('/analytics/interviews?format=csv')).text();
      const rows = 'sum(interviews_rows_sent_total{route="/analytics/interviews"})';
      await expect.poll(() => valuesOf(rows), { timeout: 30_000 }).toEqual([50]);
      expect(await valuesOf('interviews_database_up')).toEqual([1]);
    });

    test('it evaluates every alert, none of which fires at rest, and each says why it is worth having', async () => {
      const read = async () => {
        const { groups } = (await prometheus.get('rules')) as { groups: { rules: Rule[] }[] };
        return groups.flatMap(({ rules }) => rules);
      };
      await expect
        .poll(async () => (await read()).every(({ health }) => health === 'ok'), { timeout: 30_000 })
        .toBe(true);
      for (const { name, labels, annotations } of await read()) {
        expect(['page', 'ticket'], name).toContain(labels.severity);
        expect(annotations.summary?.length, name).toBeGreaterThan(10);
        expect(annotations.description?.length, name).toBeGreaterThan(40);
      }
      expect(await valuesOf('ALERTS{alertstate="firing"}')).toEqual([]);
    });

    test('it finds every metric and label that the alerts ask for', async () => {
      const asked = new Set(
        Array.from(
          readDocument('examples/prometheus/alerts.yml').matchAll(/\b((?:interviews|nodejs|process)_\w+)/g),
          ([, name = '']) => name.replace(/_bucket$/, ''),
        ),
      );
      const known = (await prometheus.get('metadata')) as Record<string, unknown>;
      expect([...asked].filter((name) => !Object.hasOwn(known, name))).toEqual([]);
    });
  });
});
