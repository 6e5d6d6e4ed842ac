import { totalmem } from 'node:os';

const MEBIBYTE = 1024 ** 2;

/**
 * The server's settings. They are given on its command line, so that those of a cluster don't depend on the program
 * version that made it, and two simultaneous starts write no common file.
 */
export function serverSettings(platform: NodeJS.Platform): Record<string, string> {
  return {
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '100',
    max_logical_replication_workers: '0',
    shared_buffers: `${sharedBuffers()}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '4GB',
    wal_compression: 'on',
    synchronous_commit: 'on',
    jit: 'off',
    huge_pages: 'off',
    // Containers have 64 MB in /dev/shm, where the default "posix" lives. "mmap" would write to disk.
    ...(platform === 'linux' && { dynamic_shared_memory_type: 'sysv' }),
    // A query of a client that has left ends. Windows can't tell.
    ...(platform !== 'win32' && { client_connection_check_interval: '2s' }),
    ...QUIET,
  };
}

/** Statements, their parameters and the errors they meet hold personal data; the log is for what befalls the server. */
const QUIET = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
};

/**
 * MiB: an eighth of the memory that the container or machine has, from 32 to 1,024. With 256 an import of a million rows takes a third longer:
 * its indexes don't fit.
 */
function sharedBuffers(): number {
  // 0 or an enormous number where no limit is set.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const memory = Math.min(limit, totalmem()) / MEBIBYTE;
  return Math.round(Math.min(1024, Math.max(32, memory / 8)));
}
