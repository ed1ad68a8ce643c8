/** At most `longest` characters (UTF-16), the cut shown by an ellipsis and never inside of a pair. */
export function cutText(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
