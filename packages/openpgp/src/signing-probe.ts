import { damaged } from './key-encodings.ts';
import { strictConfig } from './library.ts';
import { signContent } from './signature.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Signs a few bytes in memory and verifies them with nothing but the public key: a secret part that does not belong to its public part is
 * found before anything is built. `name` is how the key is called in messages. E_KEY_FORMAT.
 */
export async function probeKey(key: SigningKey, now: number, name: string): Promise<void> {
  const { createMessage, readSignature, verify, config } = await strictConfig();
  const content = new TextEncoder().encode('release-kit');
  const { binary } = await signContent([key], content, now);
  try {
    const [message, signature] = [await createMessage({ binary: content }), await readSignature({ binarySignature: binary })];
    const { signatures } = await verify({
      message,
      signature,
      verificationKeys: key.certificate,
      date: new Date(now),
      expectSigned: true,
      format: 'binary',
      config,
    });
    await signatures[0]?.verified;
  } catch (error) {
    throw damaged(`the ${name} is damaged: its secret part does not belong to its public part`, error);
  }
}
