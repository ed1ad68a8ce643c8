import type { Host, InputsOf, OutputsOf } from '@release-kit/action';
import { check } from './check.ts';
import { sign } from './sign.ts';
import type { spec } from './spec.ts';
import { checkTag } from './tag-signature.ts';
import { verify } from './verify.ts';

/** Does what `mode` says. */
export async function run(inputs: InputsOf<typeof spec>, host: Host): Promise<OutputsOf<typeof spec>> {
  await checkTag(inputs, host);
  switch (inputs.mode) {
    case 'sign':
      return sign(inputs, host);
    case 'check':
      return check(inputs, host);
    case 'verify':
      return verify(inputs, host);
  }
}
