"""From the tree, whose form is right, to the ComposeFile that planning reads."""
