import type { AnnouncementKind, AnnouncementTemplates } from './announcement.ts';

const own = (text: string) => ({ file: undefined, text });
const title = own('{{ project }} {{ version | default: name }}');

const greeting = `{{ project }} {{ version | default: name }} is out{% if address %}: {{ address }}{% else %}.{% endif %}`;

/** A list of at most ten, and how many more there are. */
const list = (name: string, heading: string): string => `{% if ${name}.size > 0 %}
${heading}

{% for item in ${name} limit: 10 %}- {% if item.scope %}{{ item.scope }}: {% endif %}{{ item.text }}{% if item.migration %}
  {{ item.migration }}{% endif %}
{% endfor %}{% if ${name}.size > 10 %}{% assign more = ${name}.size | minus: 10 %}- and {{ more }} more
{% endif %}{% endif %}`;

const summary = [list('breaking', 'Breaking changes:'), list('features', 'New:'), list('fixes', 'Fixed:')].join('');

const page = `${greeting}

{{ notes }}`;

const chat = `{{ project }} {{ version | default: name }} is out{% if address %}: {{ address }}{% else %}.{% endif %}
{% if breaking.size > 0 %}It breaks something; read the notes before you upgrade.
{% endif %}{% for item in features limit: 5 %}• {{ item.text }}
{% endfor %}{% if features.size > 5 %}{% assign more = features.size | minus: 5 %}• and {{ more }} more
{% endif %}`;

const mail = `${greeting}
{% if previous %}
It follows {{ previous }}{% if compare %}: {{ compare }}{% else %}.{% endif %}
{% endif %}${summary}{% if contributors.size > 0 %}
Thanks to {% for person in contributors limit: 20 %}{{ person.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}{% if contributors.size > 20 %} and others{% endif %}.
{% endif %}`;

/** What announcements say when a project has no templates of its own. */
export const announcementTemplates: Readonly<Record<AnnouncementKind, AnnouncementTemplates>> = {
  issue: { title, body: own(page) },
  discussion: { title, body: own(page) },
  chat: { title: own(''), body: own(chat) },
  mail: { title: own('{{ project }} {{ version | default: name }} released'), body: own(mail) },
};
