"""A class: packs for its learners, work handed in, and marks that are judged on our side."""
