import 'smoothgrad/element';
