export { type Architecture, architectureOf, architectures, hostArchitecture } from './architecture.ts';
