// serverless.yml reads CommonJS; the code is TypeScript. Errors come out as plain text: for a wrong setting its place
// matters, not the stack of whoever noticed.
const { packed } = require('./packing.ts');

const made =
  (part) =>
  async ({ resolveVariable }) => {
    const file = await resolveVariable('self:custom.settings');
    try {
      return packed[part](file);
    } catch (error) {
      if (error.name === 'SettingsError') throw error.message;
      throw error;
    }
  };

module.exports = { functions: made('functions'), resources: made('resources') };
