/** What a job must not print. A value of several lines hides each of its lines as well. */
export class Masks {
  readonly #values = new Set<string>();

  add(value: string): void {
    if (value.trim() === '') return;
    this.#values.add(value);
    for (const line of value.split(/[\r\n]+/)) if (line !== '') this.#values.add(line);
  }

  get values(): readonly string[] {
    return [...this.#values];
  }

  /** Overlapping and adjoining secrets become one `***`. */
  apply(text: string): string {
    const hidden = new Set<number>();
    for (const value of this.#values) {
      for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
        for (let index = at; index < at + value.length; index += 1) hidden.add(index);
      }
    }
    let masked = '';
    for (let index = 0; index < text.length; index += 1) {
      if (!hidden.has(index)) masked += text[index];
      else if (!hidden.has(index - 1)) masked += '***';
    }
    return masked;
  }
}
