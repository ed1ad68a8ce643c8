export type { FileKind, Manifest, ManifestFile } from './manifest.ts';
