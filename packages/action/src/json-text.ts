/** What a text says as JSON, to be looked at by whoever asked; undefined where it is none, which JSON itself cannot say. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
