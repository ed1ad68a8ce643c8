import { UserError } from '@release-kit/action';
import { Unattainable } from './unattainable.ts';

/** The services of one Sigstore. */
export interface SigningServices {
  /** For people: `Sigstore's public services`. */
  readonly name: string;
  /** Gives a certificate for the identity. */
  readonly fulcio: string;
  /** The public log of signatures. */
  readonly rekor: string | undefined;
  /** Says when it was signed. */
  readonly timestamps: string | undefined;
}

/** Set on a self-hosted runner whose organization has a Sigstore of its own. */
export const ownServices = ['RELEASE_KIT_FULCIO_URL', 'RELEASE_KIT_REKOR_URL', 'RELEASE_KIT_TIMESTAMP_URL'] as const;

/**
 * The Sigstore that signs: what is public signs at the public one, where everybody can look it up; private repositories sign at GitHub's, whose names
 * nobody else sees. As @actions/attest decides. Unattainable on GitHub Enterprise Server, which has none.
 */
export function signingServices(env: (name: string) => string | undefined, serverUrl: string, visibility: string): SigningServices {
  const [fulcio, rekor, timestamps] = ownServices.map((name) => ownUrl(name, env(name)));
  if (fulcio !== undefined) {
    if (rekor === undefined && timestamps === undefined)
      throw new UserError('E_INPUT', 'RELEASE_KIT_FULCIO_URL is set, but no service that says when it was signed', {
        cure: 'Set RELEASE_KIT_REKOR_URL or RELEASE_KIT_TIMESTAMP_URL on the runner as well.',
      });
    return { name: 'the Sigstore of this runner', fulcio, rekor, timestamps };
  }
  const { hostname } = new URL(serverUrl);
  if (hostname !== 'github.com' && !hostname.endsWith('.ghe.com'))
    throw new Unattainable(
      `${hostname} has no services that attest`,
      'Set policy: best-effort, or RELEASE_KIT_FULCIO_URL and RELEASE_KIT_REKOR_URL on the runner when there is a Sigstore of your own.',
    );
  if (visibility === 'public')
    return {
      name: "Sigstore's public services",
      fulcio: 'https://fulcio.sigstore.dev',
      rekor: 'https://rekor.sigstore.dev',
      timestamps: undefined,
    };
  const domain = hostname === 'github.com' ? 'githubapp.com' : hostname;
  return { name: "GitHub's Sigstore", fulcio: `https://fulcio.${domain}`, rekor: undefined, timestamps: `https://timestamp.${domain}` };
}

function ownUrl(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  const isLoopback = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url === null || (url.protocol !== 'https:' && !isLoopback))
    throw new UserError('E_INPUT', `${name} is no https address`, { cure: `Correct ${name} on the runner, or take it away.` });
  return value.replace(/\/+$/, '');
}
