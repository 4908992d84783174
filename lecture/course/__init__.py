"""READ: content/ becomes a course, its pages, its search and its progress."""
