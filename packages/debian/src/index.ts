export { type Distribution, distributionNames, parseDistribution } from './distribution.ts';
