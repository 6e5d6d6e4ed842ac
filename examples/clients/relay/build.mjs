// Writes what is in src/ to build/, with the artifacts of relay-compiler in the place of its graphql`…`.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { transformFileSync } from '@babel/core';

for (const folder of ['', '__generated__/']) {
  mkdirSync(`build/${folder}`, { recursive: true });
  for (const name of readdirSync(`src/${folder}`).filter((one) => one.endsWith('.js'))) {
    const { code } = transformFileSync(`src/${folder}${name}`, {
      configFile: false,
      plugins: [['relay', { eagerEsModules: true }]],
    });
    writeFileSync(`build/${folder}${name}`, code);
  }
}
