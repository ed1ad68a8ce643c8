/** For node's command line: it writes the peak of the process to a file as it ends, in KiB as getrusage(2) counts. */
export function tellPeak(file: string): readonly string[] {
  const program = `import fs from 'node:fs';
    process.on('exit', () => fs.writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`;
  return ['--import', `data:text/javascript,${encodeURIComponent(program)}`];
}
