import { isMap, isScalar, type ParsedNode, parseDocument } from 'yaml';
import type { Located, LocateRequest } from './located.ts';

/** The top-level `version`, quoted or not; `adopt-info` and `version: git` say that it comes from elsewhere (snapcraft.yaml reference). */
export function locateInSnapcraft(text: string, { fail }: LocateRequest): Located {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) fail(error.pos[0], `YAML: ${error.message.slice(0, 300)}`);
  const { contents } = document;
  if (!isMap(contents)) return fail(0, 'the file is no YAML mapping');
  const valuesOf = (name: string): readonly (ParsedNode | null)[] =>
    contents.items.filter(({ key }) => isScalar(key) && key.value === name).map(({ value }) => value);
  const versions = valuesOf('version');
  const [adopted] = valuesOf('adopt-info');
  if (versions.length === 0 && isScalar(adopted))
    return { own: [], remarks: [`adopt-info: the part ${String(adopted.value)} sets the version`] };
  const spots = versions.map((node) => {
    if (!isScalar(node) || node.range === undefined || node.range === null || String(node.type).startsWith('BLOCK'))
      return fail(node?.range?.[0] ?? 0, 'version is no plain or quoted text on one line');
    const [start, end] = node.range;
    const quote = node.type === 'PLAIN' ? 0 : 1;
    return { start: start + quote, end: end - quote, what: 'version', keyword: node.value === 'git' };
  });
  if (spots.length === 1 && spots[0]?.keyword === true) return { own: [], remarks: ['version: git takes the version from tags'] };
  return { own: spots };
}
