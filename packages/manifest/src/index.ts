export { digestFile, type FileDigest } from './digest.ts';
export { isPlainFileName } from './file-name.ts';
export type { FileKind, Manifest, ManifestFile } from './manifest.ts';
export { describeFile, type FileFacts, type FileFilter, filesOf, verifyFiles } from './manifest-files.ts';
export { knownSchemas, manifestSchema } from './manifest-schema.ts';
export { checkManifest, type ReadOptions, readManifest } from './read-manifest.ts';
export { sizeText } from './size-text.ts';
export { readVerified } from './verified-manifest.ts';
export { formatManifest, writeManifest } from './write-manifest.ts';
