const plain = /^[A-Za-z][\w .,()'/+-]*[\w.)]$/;
const readAsOther = /^(true|false|yes|no|on|off|null|y|n)$/i;

/**
 * A YAML scalar that every reader takes for exactly this text: plain where that is beyond doubt, else in double
 * quotes. JSON's escapes are all valid there (YAML 1.2.2, section 1.2).
 */
export function yamlText(text: string): string {
  return plain.test(text) && !readAsOther.test(text) ? text : quoted(text);
}

/** Always in double quotes, for values that must stay text: `"false"`, `"90"`. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
