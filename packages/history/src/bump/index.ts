export { type BumpPlace, type BumpRequest, type BumpResult, bumpFile } from './bump-file.ts';
export { type FileKind, fileKinds, habitFiles, type KnownFile, kindOf } from './file-kind.ts';
export { type Manifest, type ManifestKind, readManifest } from './manifest.ts';
export { inStep, type Member, memberFolders, type Steps, strangePatterns } from './workspace.ts';
