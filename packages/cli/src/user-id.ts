import { UserError } from '@release-kit/action';

/** `Name <mail>` or a name alone, for the user id of a key. E_INPUT. */
export function userIdOf(text: string): { readonly name: string; readonly email?: string } {
  const [, name, email] = /^([^<>\p{C}]*[^<>\p{C}\s])\s*(?:<([^<>\p{C}\s@]+@[^<>\p{C}\s@]+)>)?$/u.exec(text.trim()) ?? [];
  if (name === undefined) {
    throw new UserError('E_INPUT', 'the user id is no name, or no name with an address in angle brackets', {
      cure: 'For example --user-id "Example Archive <archive@example.org>".',
    });
  }
  return email === undefined ? { name } : { name, email };
}
