export const metadata = { title: 'A project with the package', icons: 'data:,' };

export default function Layout({ children }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
