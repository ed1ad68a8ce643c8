export { renderActionYml } from './action-yml.ts';
export { renderErrorCatalog } from './error-page.ts';
export { cell, markdownTable } from './markdown-table.ts';
export { replaceRendered } from './markers.ts';
export { renderErrorsTable, renderInputsTable, renderOutputsTable, renderPermissionsTable } from './tables.ts';
