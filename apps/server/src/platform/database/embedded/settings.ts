/** `durable` for real data; `scratch` for data that nobody will miss, such as a test's. */
export type Durability = 'durable' | 'scratch'

const COMMON = {
  // Our statements are short and prepared: compiling them costs more than it saves.
  jit: 'off',
  // Requests share the cores, and a container's /dev/shm is too small for what parallel workers hand one another.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  random_page_cost: '1.1',
  effective_io_concurrency: '64',
  work_mem: '16MB',
  // What the server says, without the errors of single statements: those go to whoever sent the statement, and their
  // details quote data.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_line_prefix: '',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

const SETTINGS: Record<Durability, Record<string, string>> = {
  durable: {
    ...COMMON,
    max_connections: '60',
    shared_buffers: '256MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    wal_compression: 'on',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // A commit that was acknowledged is on disk. Those that arrive together share one flush without any delay.
    fsync: 'on',
    synchronous_commit: 'on',
  },
  scratch: {
    ...COMMON,
    // Several test processes may share it.
    max_connections: '200',
    shared_buffers: '64MB',
    // Inside the data directory, so that it goes with it even after a kill.
    dynamic_shared_memory_type: 'mmap',
    wal_level: 'minimal',
    max_wal_senders: '0',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
  },
}

/** Given on the command line, so that what is in force is what this version says, whichever version made the cluster. */
export function settingsFor(durability: Durability): Record<string, string> {
  return SETTINGS[durability]
}
