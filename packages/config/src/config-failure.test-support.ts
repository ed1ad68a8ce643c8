import { expect } from '@jest/globals';
import { UserError } from '@release-kit/action/errors';
import { readConfig } from './load-config.ts';

export const file = 'release-kit.yml';

/** The error of a text, with its place as `line:column`. */
export async function failure(text: string): Promise<{ code: string; at: string; message: string }> {
  try {
    await readConfig(text, file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.place?.file).toBe(file);
    return { code: error.code, at: `${error.place?.line}:${error.place?.column}`, message: error.message };
  }
  throw new Error(`accepted: ${text.slice(0, 100)}`);
}
