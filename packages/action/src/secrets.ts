/** Shorter texts are not masked: they would blank out ordinary words (facts on masking: never below 8 characters). */
const shortestMasked = 8;

/** Knows every secret of this process and blanks them out of text, in the forms they usually take. */
export class Secrets {
  readonly #forms = new Set<string>();

  /** Returns the forms that are new, for the runner to mask as well. */
  add(secret: string): string[] {
    const forms = [secret, ...secret.split(/\r?\n/)].map((form) => form.trim()).filter((form) => form.length >= shortestMasked);
    const encoded = forms.flatMap((form) => [
      form,
      Buffer.from(form).toString('hex'),
      Buffer.from(form).toString('base64').replace(/=+$/, ''),
      Buffer.from(form).toString('base64url'),
      encodeURIComponent(form),
    ]);
    const fresh = [...new Set(encoded)].filter((form) => !this.#forms.has(form));
    for (const form of fresh) this.#forms.add(form);
    return fresh;
  }

  redact(text: string): string {
    let result = text;
    // Longest first, so that no part of a long secret stays when a short one is inside it.
    for (const form of [...this.#forms].sort((a, b) => b.length - a.length)) result = result.replaceAll(form, '***');
    return result;
  }
}
