import { totalmem } from 'node:os';

const MEBIBYTE = 1024 ** 2;

/**
 * Returns the server's settings. They are passed on its command line, so that the settings of a cluster don't depend on
 * the program version that created it, and two simultaneous starts write no common file.
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
    // Containers have 64 MB in /dev/shm, which the default "posix" uses. "mmap" would write to disk.
    ...(platform === 'linux' && { dynamic_shared_memory_type: 'sysv' }),
    // Cancels the query of a client that has disconnected. Windows can't detect that.
    ...(platform !== 'win32' && { client_connection_check_interval: '2s' }),
    ...QUIET,
  };
}

/** Statements, their parameters and their errors contain personal data; the log is for the state of the server. */
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
 * Returns MiB: an eighth of the memory of the container or machine, from 32 to 1,024. With 256, an import of a million
 * rows takes a third longer, because its indexes don't fit.
 */
function sharedBuffers(): number {
  // 0 or an enormous number if no limit is set.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const memory = Math.min(limit, totalmem()) / MEBIBYTE;
  return Math.round(Math.min(1024, Math.max(32, memory / 8)));
}
