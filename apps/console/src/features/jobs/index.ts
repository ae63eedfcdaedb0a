import type { Area } from '../../parts/area.ts'

/** What became of changes, and of work over many things. */
export const jobs: Area = {
  path: 'jobs',
  title: 'Tasks and jobs',
  group: 'Administration',
  mayOpen: ({ role }) => role !== 'user',
  pages: [
    { path: '', title: 'Tasks and jobs', load: async () => (await import('./jobs-page.tsx')).JobsPage },
    { path: 'tasks/:taskId', title: 'Task', load: async () => (await import('./task-page.tsx')).TaskPage },
    { path: 'bulk/:jobId', title: 'Job', load: async () => (await import('./bulk-job-page.tsx')).BulkJobPage },
  ],
  commands: [{ title: 'Failed tasks', to: 'jobs?state=FAILED' }],
}
