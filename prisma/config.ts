import { defineConfig } from 'prisma/config';

// `prisma generate` needs no schema engine, yet the command line wants to download one. Any existing file
// satisfies it, so that an offline machine can generate the client (README, Decisions).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.CHECKPOINT_DISABLE ??= '1';

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
});
