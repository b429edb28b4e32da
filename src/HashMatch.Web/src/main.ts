document.title = 'HashMatch';
