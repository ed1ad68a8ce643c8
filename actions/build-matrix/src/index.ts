export { type Packages, readPackages } from './packages.ts';
export { run } from './run.ts';
export { spec } from './spec.ts';
