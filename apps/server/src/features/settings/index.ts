export type { NextTime } from './settings.ts'
