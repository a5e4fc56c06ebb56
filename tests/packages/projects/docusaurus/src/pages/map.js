import 'smoothgrad/element';

export default function Page() {
  return <smooth-grad src="/cat.webp" target="tiger cat" samples={50} />;
}
