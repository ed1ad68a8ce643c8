import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { readLaidArchive } from './laid-archive.ts';
import { prepareRaspios, sourceIn } from './raspios.ts';

const raspios = { distribution: parseDistribution('raspios:12'), packages: [] };
const never = () => Promise.reject(new Error('not asked for'));

describe('prepareRaspios', () => {
  test('says what is missing: the address of the archive, or an image for another architecture', async () => {
    await using host = await recordingHost();
    await expect(prepareRaspios(host, { ...raspios, architecture: 'arm64' }, never)).rejects.toThrowWithCode(
      'E_BASE_SYSTEM',
      /this host does not know its address/,
    );
    await expect(prepareRaspios(host, { ...raspios, architecture: 'armhf' }, never)).rejects.toThrowWithCode('E_ARCHITECTURE', /armhf/);
  });
});

describe('sourceIn', () => {
  test("is the host's own source of Raspberry Pi's archive, with its file of keys", () => {
    const targets = 'Debian\thttp://a.example/debian/\t\nRaspberry Pi Foundation\thttp://b.example/debian/\t/usr/share/keyrings/r.gpg\n';
    expect(sourceIn(targets, 'bookworm')).toBe('deb [signed-by=/usr/share/keyrings/r.gpg] http://b.example/debian bookworm main');
    expect(sourceIn('Raspberry Pi Foundation\thttp://b.example/debian/\t\n', 'trixie')).toBe(
      'deb [signed-by=/usr/share/keyrings/raspberrypi-archive-keyring.gpg] http://b.example/debian trixie main',
    );
    expect(sourceIn('Debian\thttp://a.example/debian/\t\n', 'bookworm')).toBeUndefined();
    expect(sourceIn('', 'bookworm')).toBeUndefined();
  });
});

describe('readLaidArchive', () => {
  test('takes an address or a whole line with keys', () => {
    expect(readLaidArchive('http://a.example/debian', 'bookworm', '/k.gpg')).toEqual({
      line: 'deb [signed-by=/k.gpg] http://a.example/debian bookworm main',
      keyring: '/k.gpg',
    });
    const line = 'deb [arch=arm64 signed-by=/other.gpg] http://a.example/debian bookworm main extra';
    expect(readLaidArchive(line, 'bookworm', '/k.gpg')).toEqual({ line, keyring: '/other.gpg' });
  });

  test.each([
    'deb http://a.example/debian bookworm main',
    'deb [trusted=yes] http://a.example/debian bookworm main',
    'deb [signed-by=relative.gpg] http://a.example/debian bookworm main',
    'deb [signed-by=/k.gpg] http://a.example/debian bookworm main\ndeb [trusted=yes] http://b.example x y',
    'a.example',
    '',
  ])('refuses %j', (text) => {
    expect(() => readLaidArchive(text, 'bookworm', '/k.gpg')).toThrowWithCode('E_BASE_SYSTEM');
  });
});
