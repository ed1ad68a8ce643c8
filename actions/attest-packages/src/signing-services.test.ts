import { describe, expect, test } from '@jest/globals';
import { signingServices } from './signing-services.ts';

const none = (): undefined => undefined;
const env = (values: Readonly<Record<string, string>>) => (name: string) => values[name];

describe('who signs', () => {
  test.each([
    ['https://github.com', 'public', 'https://fulcio.sigstore.dev', 'https://rekor.sigstore.dev', undefined],
    ['https://github.com', 'private', 'https://fulcio.githubapp.com', undefined, 'https://timestamp.githubapp.com'],
    ['https://github.com', 'internal', 'https://fulcio.githubapp.com', undefined, 'https://timestamp.githubapp.com'],
    ['https://octo.ghe.com', 'private', 'https://fulcio.octo.ghe.com', undefined, 'https://timestamp.octo.ghe.com'],
  ])('at %s for what is %s: as @actions/attest decides', (server, visibility, fulcio, rekor, timestamps) => {
    expect(signingServices(none, server, visibility)).toMatchObject({ fulcio, rekor, timestamps });
  });
  test.each(['https://github.example.org', 'https://notgithub.com', 'https://github.com.example.org', 'https://ghe.com'])(
    'nobody at %s',
    (server) => expect(() => signingServices(none, server, 'public')).toThrowWithCode('E_ATTEST', /has no services that attest/),
  );
  test('a Sigstore of its own, when the runner names one', () => {
    const own = { RELEASE_KIT_FULCIO_URL: 'https://fulcio.example.org/', RELEASE_KIT_REKOR_URL: 'http://127.0.0.1:3000' };
    expect(signingServices(env(own), 'https://github.example.org', 'private')).toEqual({
      name: 'the Sigstore of this runner',
      fulcio: 'https://fulcio.example.org',
      rekor: 'http://127.0.0.1:3000',
      timestamps: undefined,
    });
  });
  test.each([
    [{ RELEASE_KIT_FULCIO_URL: 'https://fulcio.example.org' }, /no service that says when/],
    [{ RELEASE_KIT_FULCIO_URL: 'http://fulcio.example.org' }, /RELEASE_KIT_FULCIO_URL is no https address/],
    [{ RELEASE_KIT_FULCIO_URL: 'https://a.example.org', RELEASE_KIT_REKOR_URL: 'rekor' }, /RELEASE_KIT_REKOR_URL is no https address/],
  ])('%j is refused', (values, message) => {
    expect(() => signingServices(env(values), 'https://github.com', 'public')).toThrowWithCode('E_INPUT', message);
  });
});
