export default {
  title: 'A project with the package',
  url: 'http://localhost',
  baseUrl: '/',
  staticDirectories: ['public'],
  presets: [['classic', { docs: false, blog: false }]],
};
