import type { Job } from './job.ts';
import type { Plan } from './plan.ts';

/**
 * The plan as a Mermaid flow chart, which GitHub draws: package, then distribution, then one node for each job. Labels are in quotes,
 * with everything but plain characters written as its number, so no name can end a label (mermaid.js.org, "Entity codes").
 */
export function planMermaid({ jobs, choices }: Plan): string {
  const lines = ['flowchart LR'];
  const built = choices.filter(({ package: { name } }) => jobs.some((job) => job.package === name));
  for (const [index, { package: one }] of built.entries()) {
    lines.push(`  p${index}["${label(one.name)}"]`);
    const own = jobs.filter((job) => job.package === one.name);
    for (const [nth, distribution] of [...new Set(own.map((job) => job.distribution))].entries()) {
      const group = `p${index}d${nth}`;
      lines.push(`  ${group}["${label(distribution)}"]`, `  p${index} --> ${group}`);
      for (const [number, job] of own.filter((each) => each.distribution === distribution).entries())
        lines.push(`  ${group} --> ${group}j${number}["${jobLabel(job)}"]`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function jobLabel({ architecture, strategy, runner, ...job }: Job): string {
  const where = typeof runner === 'string' ? runner : runner.join(', ');
  return `${label(`${architecture}${job['build-all'] ? ' + all' : ''}`)}<br>${label(`${strategy} on ${where}`)}`;
}

function label(text: string): string {
  return text.replace(/[^A-Za-z0-9 .,+:/_-]/gu, (character) => `#${character.codePointAt(0)};`);
}
