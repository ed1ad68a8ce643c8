export type { Config, FileCheck, HealthCheck, ServiceCheck, SmokeConfig } from './config.ts';
