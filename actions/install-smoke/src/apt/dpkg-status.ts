/** An installed package that apt would remove. */
export interface RemovedPackage {
  readonly name: string;
  readonly version: string;
  /** Its field Provides. */
  readonly provides: string;
}

/** Reads lines of name, version and Provides, parted by tabs. */
export function parseRemoved(text: string): readonly RemovedPackage[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', version = '', provides = ''] = line.split('\t');
    return name === '' || version === '' ? [] : [{ name, version, provides }];
  });
}
