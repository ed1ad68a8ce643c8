import { byName, type LicensedPackage } from './licences.ts';

/**
 * What the bundles hold, as CycloneDX 1.6 in JSON: release-kit, its actions, and for each the packages in its bundle with version, licence,
 * purl and the SHA-512 of the package as npm got it. Nothing of when and where it was made, so the same sources give the same bytes.
 *
 * @param bundles action -> packages in its bundle
 * @param lock package-lock.json
 * @throws Error for a package that the lock file does not know, or knows in another version
 */
export function softwareBill(bundles: ReadonlyMap<string, readonly LicensedPackage[]>, lock: unknown): string {
  const actions = [...bundles.keys()].sort();
  const packages = distinct([...bundles.values()].flat());
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { type: 'application', 'bom-ref': 'release-kit', name: 'release-kit', licenses: [{ license: { id: 'Apache-2.0' } }] },
    },
    components: [
      ...actions.map((name) => ({
        ...{ type: 'application', 'bom-ref': reference(name), group: 'release-kit', name },
        licenses: [{ license: { id: 'Apache-2.0' } }],
      })),
      ...packages.map((one) => component(one, lock)),
    ],
    dependencies: [
      { ref: 'release-kit', dependsOn: actions.map(reference) },
      ...actions.map((name) => ({ ref: reference(name), dependsOn: distinct(bundles.get(name) ?? []).map(packageUrl) })),
      ...packages.map((one) => ({ ref: packageUrl(one) })),
    ],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

const reference = (action: string): string => `release-kit/${action}`;

/** The same package in the same version may lie in several folders. */
function distinct(packages: readonly LicensedPackage[]): readonly LicensedPackage[] {
  return [...new Map([...packages].sort(byName).map((one) => [packageUrl(one), one])).values()];
}

function component(one: LicensedPackage, lock: unknown): object {
  const [scope, name] = one.name.startsWith('@') ? one.name.split('/') : [undefined, one.name];
  return {
    ...{ type: 'library', 'bom-ref': packageUrl(one) },
    ...(scope === undefined ? {} : { group: scope }),
    ...{ name, version: one.version, scope: 'required', hashes: [{ alg: 'SHA-512', content: digestOf(one, lock) }] },
    licenses: / (AND|OR) /.test(one.licence) ? [{ expression: one.licence }] : [{ license: { id: one.licence } }],
    purl: packageUrl(one),
  };
}

/** As the purl specification writes packages of npm. */
function packageUrl({ name, version }: LicensedPackage): string {
  return `pkg:npm/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;
}

/** In hexadecimal; the lock file has it as `sha512-` and base64. */
function digestOf({ folder, name, version }: LicensedPackage, lock: unknown): string {
  const entry: unknown = Reflect.get(Object(Reflect.get(Object(lock), 'packages')), folder);
  const integrity: unknown = Reflect.get(Object(entry), 'integrity');
  const digest = typeof integrity === 'string' ? /^sha512-([A-Za-z0-9+/]{86}==)$/.exec(integrity)?.[1] : undefined;
  if (digest === undefined) throw new Error(`package-lock.json has no SHA-512 of ${folder}`);
  const locked: unknown = Reflect.get(Object(entry), 'version');
  if (locked !== version) throw new Error(`${name} is installed as ${version}, but locked as ${String(locked)}; run npm ci`);
  return Buffer.from(digest, 'base64').toString('hex');
}

/** The bill of one release: the version that it belongs to is known only when it is published. */
export function releasedBill(bill: string, repository: string, tag: string): string {
  const parsed: unknown = JSON.parse(bill);
  const main: unknown = Reflect.get(Object(Reflect.get(Object(parsed), 'metadata')), 'component');
  if (typeof main !== 'object' || main === null) throw new Error('sbom.cdx.json names no component that it describes');
  Object.assign(main, { version: tag, purl: `pkg:github/${repository.toLowerCase()}@${tag}` });
  return `${JSON.stringify(parsed, null, 2)}\n`;
}
