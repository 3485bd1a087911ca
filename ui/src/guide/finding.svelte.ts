/** What is looked for in the guide. It stays while one goes from page to page. */
export const finding = $state({ text: '' });
