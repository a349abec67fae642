"""The forms of the desk, one module for each kind; `retailkit.forms` hands them out."""
