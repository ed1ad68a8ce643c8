/** Diagrams that GitHub draws and that documents of ours use. */
const kinds = /^(?:flowchart (?:TB|TD|LR|RL|BT)|graph (?:TB|TD|LR|RL|BT)|sequenceDiagram|stateDiagram-v2|gantt|timeline)$/;
const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * A light look, since Mermaid itself needs a browser: a kind that is known, brackets and quotes that close on their line, as many `end` as `subgraph`, no word `end` as a node.
 */
export function mermaidProblems(text: string): readonly string[] {
  const lines = text.split('\n');
  const problems = kinds.test(lines[0]?.trim() ?? '') ? [] : ['1: no kind of diagram that is known'];
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:subgraph|alt|loop|opt|par)\b/.test(line)) depth += 1;
    else if (/^\s*end\s*$/.test(line)) depth -= 1;
    else if (/(?:^|[\s>])end(?:[\s[(]|$)/.test(line.replace(/"[^"]*"/g, '').replace(/:.*/, '')))
      problems.push(`${index + 1}: a node may not be called end`);
    if (!closes(line)) problems.push(`${index + 1}: a bracket or a quote does not close`);
  }
  if (depth !== 0) problems.push(`${lines.length}: subgraph and end do not fit together`);
  return problems;
}

function closes(line: string): boolean {
  if (line.split('"').length % 2 === 0) return false;
  const open: string[] = [];
  for (const letter of line.replace(/"[^"]*"/g, '').replace(/<?[-=.]+[)x>]+/g, '')) {
    const partner = pairs[letter];
    if (partner !== undefined) open.push(partner);
    else if (')]}'.includes(letter) && open.pop() !== letter) return false;
  }
  return open.length === 0;
}
