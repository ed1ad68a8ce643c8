export { type BumpPlace, type BumpRequest, type BumpResult, bumpFile } from './bump-file.ts';
export { type FileKind, fileKinds, habitFiles, type KnownFile, kindOf } from './file-kind.ts';
