import { ownCopy } from './own-copy.ts';

/** Of one kind; a history has fewer. */
const mostHeld = 1000;

/** What is made of texts of which a history has few, such as types and scopes: each is made and held once. `make` gets a copy that keeps nothing else in memory. */
export function ownValues<Value>(make: (text: string) => Value & {}): (text: string) => Value {
  const values = new Map<string, Value & {}>();
  return (text) => {
    const known = values.get(text);
    if (known !== undefined) return known;
    if (values.size >= mostHeld) values.clear();
    const own = ownCopy(text);
    const value = make(own);
    values.set(own, value);
    return value;
  };
}
