import { inertLine } from '@release-kit/action';

/** What piuparts says is wrong: lines of `0m12.3s ERROR: FAIL: Package purging left files on system:`, with indented lines below. */
export function explainPiuparts(output: string): { readonly message: string; readonly evidence: string } {
  const lines = output.split('\n');
  const found: string[] = [];
  for (const [index, line] of lines.entries()) {
    const text = /^\d+m[\d.]+s ERROR: (.*)$/.exec(line)?.[1];
    if (text === undefined || /^piuparts run ends|^Command failed/.test(text)) continue;
    found.push(text, ...below(lines.slice(index + 1)));
  }
  const first = found.find((line) => /^(?:FAIL|WARN): /.test(line)) ?? found[0];
  const last = lines.filter((line) => line.trim() !== '').slice(-30);
  return {
    message: first === undefined ? 'it failed without saying why' : inertLine(first.replace(/^FAIL: /, '').replace(/:$/, '')),
    evidence: (found.length === 0 ? last : found).slice(0, 60).join('\n'),
  };
}

/** Lines that belong to the one before: they have no time. */
function below(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => /^\d+m[\d.]+s /.test(line) || line.trim() === '');
  return lines.slice(0, end < 0 ? lines.length : end);
}
